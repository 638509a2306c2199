/**
 * The four services and the console as child processes of the launcher: what each needs, how it is started, watched and stopped. They are
 * told where broker and store are through their environment, as in a container.
 */
@NullMarked
package athanor.stack.service;

import org.jspecify.annotations.NullMarked;
