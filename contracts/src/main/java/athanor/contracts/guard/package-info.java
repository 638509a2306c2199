/** What is said about a request before it is drawn, and what comes of that. */
@NullMarked
package athanor.contracts.guard;

import org.jspecify.annotations.NullMarked;
