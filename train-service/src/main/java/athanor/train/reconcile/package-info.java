/**
 * What every worker does for all runs, its own or not: reclaims those of dead holders, announces what was not announced, offers
 * lost ones again, and carries out commands for runs that nobody holds. Of several workers that act at once the lease lets one
 * succeed.
 */
@NullMarked
package athanor.train.reconcile;

import org.jspecify.annotations.NullMarked;
