/** What can be said of captions before anything is trained, from their words alone. */
@NullMarked
package athanor.plan.captions;

import org.jspecify.annotations.NullMarked;
