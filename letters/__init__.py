"""Files → text → letter → draft plan; plan, policy and directory files with line numbers."""
