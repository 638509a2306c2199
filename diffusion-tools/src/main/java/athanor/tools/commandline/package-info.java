/** How the commands read their options and say what is wrong with them. */
@NullMarked
package athanor.tools.commandline;

import org.jspecify.annotations.NullMarked;
