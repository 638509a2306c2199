/**
 * What a person sees of Athanor in a browser: pages made of what the services answer by REST and of what Kafka's topics hold.
 * Nothing is kept here; a page that is asked for again is made anew.
 */
@NullMarked
package athanor.console;

import org.jspecify.annotations.NullMarked;
