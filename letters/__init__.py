"""The letters' room: files → text → letter. Imports the core (`directive`) and nothing else of the house."""
