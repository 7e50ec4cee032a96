"""The outbox: digests, texts and channels."""
