/**
 * What every service has around its use cases: events in and out with their envelope, dead letters, the run id in each log
 * line, problem+json, the store with its promises, leaving when the parent is gone. What a service does with an event is not
 * here, and no type of a domain may come here; {@code docs/adr/0001-service-shell.md} says why this is no {@code common}.
 */
@NullMarked
package athanor.shell;

import org.jspecify.annotations.NullMarked;
