"""Flat rates applied, evidence, claims and statements of use: every euro leads back to its rule and its proof."""
