"""Measurements that anyone can run: ratios in one run, and scores."""
