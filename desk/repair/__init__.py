"""`doctor --repair`: what register and engine know of each task, compared and settled."""
