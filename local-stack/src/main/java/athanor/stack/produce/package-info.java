/** The front door for Kafka producers from outside: pictures into the bucket, one event onto its topic. */
@NullMarked
package athanor.stack.produce;

import org.jspecify.annotations.NullMarked;
