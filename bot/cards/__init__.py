"""Domain value to card. Every sentence that a reader sees is written in here, and nowhere else."""
