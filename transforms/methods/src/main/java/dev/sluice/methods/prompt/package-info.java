/** How models are asked, and how their replies are read: families of prompts by name. */
@NullMarked
package dev.sluice.methods.prompt;

import org.jspecify.annotations.NullMarked;
