"""Speed, measured by hand. Nothing here decides whether a test passes."""
