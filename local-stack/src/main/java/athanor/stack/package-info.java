/**
 * The whole suite on one machine and the commands that talk to it. {@link athanor.stack.LocalStack} starts broker, store and
 * services; the commands are clients of the public REST and Kafka interfaces and nothing more, so they work as well against
 * a suite that runs elsewhere.
 */
@NullMarked
package athanor.stack;

import org.jspecify.annotations.NullMarked;
