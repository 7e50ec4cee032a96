"""The web page and the HTTP API: managers answer, officials look."""
