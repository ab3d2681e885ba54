/** The kept replies of model servers, which all runs of a workspace share. */
@NullMarked
package dev.sluice.pipelines.store.replies;

import org.jspecify.annotations.NullMarked;
