/** The other services, as their clients see them. */
@NullMarked
package athanor.console.service;

import org.jspecify.annotations.NullMarked;
