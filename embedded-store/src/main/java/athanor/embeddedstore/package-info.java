/** An S3 server for a machine without one: the default of the local stack and of the tests. */
@NullMarked
package athanor.embeddedstore;

import org.jspecify.annotations.NullMarked;
