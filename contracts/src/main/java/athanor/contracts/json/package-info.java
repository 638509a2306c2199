/**
 * The JSON form of the contracts. {@link athanor.contracts.json.Json} is the one class that imports Jackson; no record knows it.
 */
@NullMarked
package athanor.contracts.json;

import org.jspecify.annotations.NullMarked;
