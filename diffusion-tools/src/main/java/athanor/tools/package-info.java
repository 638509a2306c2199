/** Commands around the library, for people who compare, measure or take away what it computes. */
@NullMarked
package athanor.tools;

import org.jspecify.annotations.NullMarked;
