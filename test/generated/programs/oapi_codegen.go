// Calls the service through the client that oapi-codegen makes of its document.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"

	"example.com/client/coffer"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	key := coffer.WithRequestEditorFn(func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+os.Getenv("COFFER_KEY"))
		return nil
	})
	client, err := coffer.NewClientWithResponses(os.Getenv("COFFER_URL"), key)
	if err != nil {
		return err
	}
	before, err := client.GetBalanceWithResponse(ctx, nil)
	if err != nil {
		return err
	}
	once := "generated-1"
	first, err := debit(ctx, client, "1.25", &once)
	if err != nil {
		return err
	}
	again, err := debit(ctx, client, "1.25", &once)
	if err != nil {
		return err
	}
	amount, part := "2.00", "0.75"
	opened, err := client.CreateHoldWithResponse(ctx, nil, coffer.CreateHoldRequest{ServiceType: coffer.ServiceTypeAIAPI, AmountUsd: &amount})
	if err != nil {
		return err
	}
	held, err := opened.JSON200.AsHoldOpened()
	if err != nil {
		return err
	}
	closed, err := client.CaptureHoldWithResponse(ctx, nil, coffer.CaptureHoldRequest{HoldId: held.HoldId, AmountUsd: part})
	if err != nil {
		return err
	}
	captured, err := closed.JSON200.AsHoldCaptured()
	if err != nil {
		return err
	}
	limit := 100
	list, err := client.ListEntriesWithResponse(ctx, &coffer.ListEntriesParams{Limit: &limit})
	if err != nil {
		return err
	}
	var types []string
	for _, entry := range list.JSON200.Entries {
		types = append(types, string(entry.Type))
	}
	slices.Sort(types)
	after, err := client.GetBalanceWithResponse(ctx, nil)
	if err != nil {
		return err
	}
	large := "100.00"
	answer, err := client.CreateDebitWithResponse(ctx, nil, coffer.CreateDebitRequest{ServiceType: coffer.ServiceTypeAIAPI, AmountUsd: &large})
	if err != nil {
		return err
	}
	refused := answer.ApplicationproblemJSON402
	if refused == nil {
		return errors.New("the debit was not refused")
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"before":      before.JSON200.AvailableUsd,
		"charged":     first.AmountUsd,
		"isSameEntry": *first.EntryId == *again.EntryId,
		"held":        held.AmountUsd,
		"captured":    captured.AmountUsd,
		"entryTypes":  slices.Compact(types),
		"after":       after.JSON200.AvailableUsd,
		"refusal":     map[string]any{"code": refused.Code, "kind": refused.Kind, "availableUsd": refused.AvailableUsd},
	})
}

func debit(ctx context.Context, client *coffer.ClientWithResponses, usd string, key *string) (coffer.Debit, error) {
	params := &coffer.CreateDebitParams{IdempotencyKey: key}
	answer, err := client.CreateDebitWithResponse(ctx, params, coffer.CreateDebitRequest{ServiceType: coffer.ServiceTypeAIAPI, AmountUsd: &usd})
	if err != nil {
		return coffer.Debit{}, err
	}
	if answer.JSON200 == nil {
		return coffer.Debit{}, fmt.Errorf("not a debit: %s", answer.Body)
	}
	return answer.JSON200.AsDebit()
}
