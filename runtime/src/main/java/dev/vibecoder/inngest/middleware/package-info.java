/**
 * Code around requests, functions, steps and events: the interface {@link
 * dev.vibecoder.inngest.middleware.Middleware} and what its hooks are handed. Ready-made middleware
 * is in the packages below this one; each needs its own optional dependency and nothing else does.
 */
@NullMarked
package dev.vibecoder.inngest.middleware;

import org.jspecify.annotations.NullMarked;
