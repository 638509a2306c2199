/** Tries what the suite endures, on a broker and a store of its own. */
@NullMarked
package athanor.stack.endurance;

import org.jspecify.annotations.NullMarked;
