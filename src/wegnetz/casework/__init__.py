"""The plan with a person, journal, appointments, referrals and trauma coaching."""
