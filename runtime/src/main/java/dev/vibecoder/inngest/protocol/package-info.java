/**
 * The wire: constants and immutable values of the Inngest protocol that both sides of it share.
 *
 * <p>Nothing here performs input or output. Records mirror the JSON of the wire by name; unknown
 * keys are ignored when reading and absent values are left out when writing.
 */
@NullMarked
package dev.vibecoder.inngest.protocol;

import org.jspecify.annotations.NullMarked;
