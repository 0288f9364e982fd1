"""The paper mill: kinds, numbers, frozen contexts, rendering, seal and verification code."""
