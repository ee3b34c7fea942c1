"""The door for participants and the public: their own addresses, session and screens, in their language."""
