/** Commands about models, prompts and methods. */
@NullMarked
package dev.sluice.runners.cli.models;

import org.jspecify.annotations.NullMarked;
