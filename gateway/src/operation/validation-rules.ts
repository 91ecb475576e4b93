import {
  GraphQLError,
  type OperationDefinitionNode,
  OperationTypeNode,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/**
 * The rules of the specification. The one about the single root field of a subscription is asked only where no @skip or
 * @include makes graphql-js 16 throw instead of report: such a field is refused by itself.
 */
const singleField: ValidationRule = (context: ValidationContext) => {
  const { OperationDefinition: check } = SingleFieldSubscriptionsRule(context) as {
    OperationDefinition?: (node: OperationDefinitionNode) => void;
  };
  return {
    OperationDefinition(node) {
      if (node.operation !== OperationTypeNode.SUBSCRIPTION) return;
      const conditional = node.selectionSet.selections.find(({ directives }) =>
        directives?.some(({ name }) => name.value === 'skip' || name.value === 'include'),
      );
      if (conditional) {
        context.reportError(
          new GraphQLError('The root field of a subscription cannot be conditional.', { nodes: conditional }),
        );
        return;
      }
      check?.(node);
    },
  };
};

export const specifiedOperationRules: ValidationRule[] = specifiedRules.map((rule) =>
  rule === SingleFieldSubscriptionsRule ? singleField : rule,
);
