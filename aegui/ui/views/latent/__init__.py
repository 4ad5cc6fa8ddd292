"""What the Latent tab is made of."""
