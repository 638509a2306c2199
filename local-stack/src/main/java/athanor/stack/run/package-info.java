/** The story of one run as a person sees it: send photographs, follow, fetch what came out. */
@NullMarked
package athanor.stack.run;

import org.jspecify.annotations.NullMarked;
