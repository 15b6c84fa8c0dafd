"""One package for each platform; none of them knows another."""
