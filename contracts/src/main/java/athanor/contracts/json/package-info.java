/**
 * The JSON form of the contracts, behind {@link athanor.contracts.json.Json}. This package alone imports Jackson; no record knows it.
 */
@NullMarked
package athanor.contracts.json;

import org.jspecify.annotations.NullMarked;
