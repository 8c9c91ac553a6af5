"""What the team holds, in formats that other programs read."""
