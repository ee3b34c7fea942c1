"""What the audit's chains are made of and how they are proved. No database: plain rows and lines in, findings out."""
