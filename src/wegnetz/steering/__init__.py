"""Indicators, frozen releases and reports: protected numbers for those who steer, never a person's data."""
