"""The suite as users get it: installed, away from the checkout."""
