/** A proof for people: what was tried as a sheet of pictures and as a page. */
@NullMarked
package athanor.sample.proof;

import org.jspecify.annotations.NullMarked;
