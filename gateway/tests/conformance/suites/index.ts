import type { Suite } from '../suite.ts';
import { abstractTypes } from './abstract-types.ts';
import { aliases } from './aliases.ts';
import { circularInterface } from './circular-interface.ts';
import { compositeKeys } from './composite-keys.ts';
import { conditions } from './conditions.ts';
import { errors } from './errors.ts';
import { externalSuites } from './external.ts';
import { externalKeyOfExtension, externalKeys } from './external-keys.ts';
import { inaccessible } from './inaccessible.ts';
import { inputs } from './inputs.ts';
import { interfaceObject } from './interface-object.ts';
import { unresolvableInterfaceObject } from './interface-object-unresolvable.ts';
import { distributedInterfaces, keylessInterface } from './interfaces.ts';
import { introspection } from './introspection.ts';
import { mutations } from './mutations.ts';
import { nullKeys } from './null-keys.ts';
import { nullPropagation } from './nulls.ts';
import { override } from './override.ts';
import { overrideInterface } from './override-interface.ts';
import { overrideRequires } from './override-requires.ts';
import { parentEntity } from './parent-entity.ts';
import { partialUnions } from './partial-unions.ts';
import { provides } from './provides.ts';
import { providesOnInterface, providesOnUnion } from './provides-abstract.ts';
import { references } from './references.ts';
import { requires } from './requires.ts';
import { requiresAbstract } from './requires-abstract.ts';
import { requiresAfterHop } from './requires-after-hop.ts';
import { requiresArgument } from './requires-argument.ts';
import { requiresChain } from './requires-chain.ts';
import { sharedRoot } from './shared-root.ts';
import { simpleEntity } from './simple-entity.ts';
import { typeMismatch } from './type-mismatch.ts';
import { typename } from './typename.ts';
import { unionIntersection } from './unions.ts';
import { unresolvableKeys } from './unresolvable-keys.ts';
import { externalInterfaceField } from './unshared-interface-field.ts';

export const suites: readonly Suite[] = [
  abstractTypes,
  aliases,
  circularInterface,
  compositeKeys,
  conditions,
  errors,
  externalKeys,
  externalKeyOfExtension,
  ...externalSuites,
  inaccessible,
  inputs,
  unresolvableInterfaceObject,
  interfaceObject,
  distributedInterfaces,
  keylessInterface,
  introspection,
  mutations,
  nullKeys,
  nullPropagation,
  overrideInterface,
  overrideRequires,
  override,
  parentEntity,
  partialUnions,
  providesOnInterface,
  providesOnUnion,
  provides,
  references,
  requiresAbstract,
  requiresAfterHop,
  requiresArgument,
  requiresChain,
  requires,
  sharedRoot,
  simpleEntity,
  typeMismatch,
  typename,
  unionIntersection,
  unresolvableKeys,
  externalInterfaceField,
];
