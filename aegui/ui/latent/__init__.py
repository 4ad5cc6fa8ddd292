"""What works for the Latent tab: asks models, fits maps, follows the hand."""
