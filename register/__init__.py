"""The long-term record in SQL, and the office data that is kept as files."""
