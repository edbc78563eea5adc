/**
 * Expressions of the server's dialect of CEL, checked against what events really hold. The parser
 * is loaded by the first expression; everything else here is our own.
 */
@NullMarked
package dev.vibecoder.inngest.processor.internal.expr;

import org.jspecify.annotations.NullMarked;
