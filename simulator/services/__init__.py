"""Do what people come for, one use case a method: check the right, let the engine decide, store it in one transaction."""
