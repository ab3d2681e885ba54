/**
 * Named methods as parts and the pure functions under them: rewards, advantages, labels, rubrics,
 * prompts, readers of replies. They know rows and the model seam, and nothing of Beam, files or
 * runs.
 */
@NullMarked
package dev.sluice.methods;

import org.jspecify.annotations.NullMarked;
