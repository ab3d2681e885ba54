@NullMarked
package dev.sluice.pipelines.ledger;

import org.jspecify.annotations.NullMarked;
