"""What draws pictures: plain data in, PNG out. Nothing here reads the store or the network."""
