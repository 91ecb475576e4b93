import { rateItem as storeRating } from '@colloquy/database';
import { makeWellFormed } from '@colloquy/domain';
import { requireRole } from '../../access.ts';
import type { MutationResolvers, RateItemInput } from '../../generated/resolvers.ts';
import { uuidOf } from '../../ids.ts';
import { loadExisting } from '../../loaders/entity-loader.ts';
import { invalidInput, notFound } from '../errors/results.ts';

const MAX_TYPE = 50;
const MAX_COMMENTS = 10_000;
const MAX_HOURS = 999.99;

/** Why a rating cannot be taken, or null. */
function refusal({ rating, feedbackType, comments, timeSavedHours }: RateItemInput) {
  if (rating < 1 || rating > 5) return invalidInput('rating', `Expected 1 to 5, got ${rating}.`);
  if (feedbackType.trim() === '' || feedbackType.length > MAX_TYPE) {
    return invalidInput('feedbackType', `Expected 1 to ${MAX_TYPE} characters.`);
  }
  if (comments != null && comments.length > MAX_COMMENTS) {
    return invalidInput('comments', `Expected at most ${MAX_COMMENTS} characters, got ${comments.length}.`);
  }
  if (timeSavedHours != null && (timeSavedHours < 0 || timeSavedHours > MAX_HOURS)) {
    return invalidInput('timeSavedHours', `Expected 0 to ${MAX_HOURS} hours, got ${timeSavedHours}.`);
  }
  return null;
}

const clean = (text: string) => makeWellFormed(text).text;

export const rateItem: NonNullable<MutationResolvers['rateItem']> = async (
  _,
  { input },
  { viewer, store, loaders },
) => {
  requireRole(viewer, 'STANDARD', 'rate items');
  const refused = refusal(input);
  if (refused) return refused;
  const itemId = uuidOf('item', input.itemId);
  const found =
    itemId !== null &&
    (await store.transact((client, { userId }) =>
      storeRating(client, {
        itemId,
        userId,
        rating: input.rating,
        feedbackType: clean(input.feedbackType).trim(),
        comments: input.comments == null ? null : clean(input.comments),
        implementationSuccessful: input.implementationSuccessful ?? null,
        timeSavedHours: input.timeSavedHours ?? null,
      }),
    ));
  if (!found) return notFound(`There is no item ${input.itemId}.`);
  return { __typename: 'RateItemPayload', item: await loadExisting(loaders.item, itemId) };
};
