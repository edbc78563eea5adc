/** The shortest program that serves a function and starts it. */
@NullMarked
package first;

import org.jspecify.annotations.NullMarked;
