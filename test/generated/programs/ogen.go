// Calls the service through the client that ogen makes of its document.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"example.com/client/coffer"
	"github.com/ogen-go/ogen/ogenerrors"
)

// key is one of the three ways to say who calls.
type key string

func (k key) ApiKey(context.Context, coffer.OperationName) (coffer.ApiKey, error) {
	return coffer.ApiKey{Token: string(k)}, nil
}

func (key) Session(context.Context, coffer.OperationName) (coffer.Session, error) {
	return coffer.Session{}, ogenerrors.ErrSkipClientSecurity
}

func (key) SSO(context.Context, coffer.OperationName) (coffer.SSO, error) {
	return coffer.SSO{}, ogenerrors.ErrSkipClientSecurity
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// as is the answer of one status, or an error that shows the answer of another.
func as[T any](answer any, err error) (T, error) {
	wanted, ok := answer.(T)
	if err == nil && !ok {
		err = fmt.Errorf("answered with %T", answer)
	}
	return wanted, err
}

func run(ctx context.Context) error {
	client, err := coffer.NewClient(os.Getenv("COFFER_URL"), key(os.Getenv("COFFER_KEY")))
	if err != nil {
		return err
	}
	before, err := as[*coffer.BalanceHeaders](client.GetBalance(ctx, coffer.GetBalanceParams{}))
	if err != nil {
		return err
	}
	first, err := debit(ctx, client)
	if err != nil {
		return err
	}
	again, err := debit(ctx, client)
	if err != nil {
		return err
	}
	hold := &coffer.CreateHoldRequest{ServiceType: coffer.ServiceTypeAIAPI, AmountUsd: coffer.NewOptString("2.00")}
	opened, err := as[*coffer.CreateHoldReplyHeaders](client.CreateHold(ctx, hold, coffer.CreateHoldParams{}))
	if err != nil {
		return err
	}
	held, ok := opened.Response.GetHoldOpened()
	if !ok {
		return fmt.Errorf("not a hold: %s", opened.Response.Type)
	}
	capture := &coffer.CaptureHoldRequest{HoldId: held.HoldId, AmountUsd: "0.75"}
	closed, err := as[*coffer.CaptureHoldReplyHeaders](client.CaptureHold(ctx, capture, coffer.CaptureHoldParams{}))
	if err != nil {
		return err
	}
	captured, ok := closed.Response.GetHoldCaptured()
	if !ok {
		return fmt.Errorf("not a capture: %s", closed.Response.Type)
	}
	page := coffer.ListEntriesParams{Limit: coffer.NewOptInt(100)}
	list, err := as[*coffer.ListEntriesReplyHeaders](client.ListEntries(ctx, page))
	if err != nil {
		return err
	}
	var types []string
	for _, entry := range list.Response.Entries {
		types = append(types, string(entry.Type))
	}
	slices.Sort(types)
	after, err := as[*coffer.BalanceHeaders](client.GetBalance(ctx, coffer.GetBalanceParams{}))
	if err != nil {
		return err
	}
	large := &coffer.CreateDebitRequest{ServiceType: coffer.ServiceTypeAIAPI, AmountUsd: coffer.NewOptString("100.00")}
	answer, err := as[*coffer.CreditInsufficientProblemHeaders](client.CreateDebit(ctx, large, coffer.CreateDebitParams{}))
	if err != nil {
		return err
	}
	refused := answer.Response
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"before":      before.Response.AvailableUsd,
		"charged":     first.AmountUsd,
		"isSameEntry": first.EntryId == again.EntryId,
		"held":        held.AmountUsd,
		"captured":    captured.AmountUsd,
		"entryTypes":  slices.Compact(types),
		"after":       after.Response.AvailableUsd,
		"refusal": map[string]any{
			"code": refused.Code, "kind": refused.Kind.Value, "availableUsd": refused.AvailableUsd.Value,
		},
	})
}

func debit(ctx context.Context, client *coffer.Client) (coffer.Debit, error) {
	request := &coffer.CreateDebitRequest{ServiceType: coffer.ServiceTypeAIAPI, AmountUsd: coffer.NewOptString("1.25")}
	params := coffer.CreateDebitParams{IdempotencyKey: coffer.NewOptString("generated-1")}
	answer, err := as[*coffer.CreateDebitReplyHeaders](client.CreateDebit(ctx, request, params))
	if err != nil {
		return coffer.Debit{}, err
	}
	charged, ok := answer.Response.GetDebit()
	if !ok {
		return coffer.Debit{}, fmt.Errorf("not a debit: %s", answer.Response.Type)
	}
	return charged, nil
}
