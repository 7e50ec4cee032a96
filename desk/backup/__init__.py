"""`backup` and `restore`: a whole installation as one folder of files with a manifest."""
